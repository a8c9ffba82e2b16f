"""Values in, HTML out: pure functions, in which every text of a source, a user or a model is escaped."""
