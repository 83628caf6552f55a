package stdlib

var coreFunctions, stringFunctions, arrayFunctions, objectFunctions, collectionFunctions, jsonFunctions, mathFunctions, numberFunctions, uriFunctions []Function
