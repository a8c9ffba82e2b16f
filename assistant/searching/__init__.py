"""From what people type into one box to the certifications that they look for."""
