"""An answer or a conversation as text to take away: plain, Markdown, DOCX."""
