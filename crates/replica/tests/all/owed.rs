//! Whatever happens in whatever order, nothing that is owed is forgotten.
