//! domain::business_day (stub).
