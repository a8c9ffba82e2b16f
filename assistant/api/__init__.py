"""What other programs build on: the same operations as REST, as MCP tools, and as a LangChain retriever."""
