package gojalib

var bufferGlobals []Global
