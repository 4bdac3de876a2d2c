"""The words that may not stand on a school's page: readable data, and how it is looked up."""
