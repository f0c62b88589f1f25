// Runs write-good over texts. Arguments: the folder that npm installed into, a JSON file with a list of texts, how often to repeat.
// Prints {"version", "cpu_ms": processor time of the checks alone, for one round, "found": for each text the rules that fired}.
const [folder, file, rounds] = process.argv.slice(2);
const { createRequire } = require('module');
const required = createRequire(require('path').join(folder, 'node_modules', 'x.js'));
const writeGood = required('write-good');
const texts = JSON.parse(require('fs').readFileSync(file, 'utf8'));
// One text with a finding of the check, for each reason that write-good prints.
const rules = [
  [/may be passive voice/, 'voice/passive'],
  [/is a weasel word/, 'precise/*'],
  [/can weaken meaning/, 'precise/*'],
  [/is wordy or unneeded/, 'simple/word'],
];
const names = (text) => {
  const said = writeGood(text).map((suggestion) => suggestion.reason).join('\n');
  return [...new Set(rules.filter(([pattern]) => pattern.test(said)).map(([, rule]) => rule))];
};
const found = texts.map(names);
const before = process.cpuUsage();
for (let round = 0; round < Number(rounds); round += 1) texts.forEach((text) => writeGood(text));
const used = process.cpuUsage(before);
const version = required('write-good/package.json').version;
console.log(JSON.stringify({ version, cpu_ms: (used.user + used.system) / 1000 / Number(rounds), found }));
