"""The same store on PostgreSQL with pgvector: many app processes, one corpus, no file of their own."""
