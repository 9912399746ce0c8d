"""The build engine: tasks, their recorded inputs, and the cache between builds. It knows no papers."""
