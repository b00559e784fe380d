//! Limits are data, checked in one place for the composer, the API and the worker.
