// Your own script, loaded on every page. `digest upgrade` never changes this file.
