// What the page of a paper needs beside what every page has.

import "./copy.js";
import "./share.js";
