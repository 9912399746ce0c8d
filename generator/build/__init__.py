"""The build engine: tasks, the inputs they read, and what is kept of both between builds. It knows no papers."""
