#!/bin/sh
# A first incident on a fresh machine: builds the program, makes a repository in a temporary folder, runs an incident from the
# report to the first mitigation, and shows the document and the commits. Changes nothing outside that folder and target/.
set -eu
cd "$(dirname "$0")/.."
cargo build --quiet --locked
PATH="$PWD/target/debug:$PATH"
incidents=$(mktemp -d)/incidents
export QPP_INCIDENT_REPO="$incidents"
export GIT_AUTHOR_NAME='Grace Hopper' GIT_AUTHOR_EMAIL=grace@example.org
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"
unset QPP_INCIDENT QPP_INCIDENT_BY QPP_INCIDENT_NOW

run() {
    printf '\n$ qpp-incident %s\n' "$*"
    qpp-incident "$@"
}

run init "$incidents"
run open "Many errors on Auth service" --team QPP-A --service auth --pagerduty PD-4711 --severity 2 \
    --evidence "https://splunk.example.com/app/search?q=auth"
run ack
run assign-ic me
run log "Restarted the auth database."
run mitigate "Switched logins to the standby database." --restored 60 --type operational
run status
printf '\n$ qpp-incident show\n'
qpp-incident show
printf '\n$ git log --oneline\n'
git -C "$incidents" log --oneline
printf '\nThe repository is %s\n' "$incidents"
