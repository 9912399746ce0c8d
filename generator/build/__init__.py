"""The build engine: tasks, their recorded inputs, and the cache between builds. It is independent of papers."""
