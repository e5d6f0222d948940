"""Finding what is public: an index fed by the event stream, its two engines, the search pages."""
