package stdlib

// urlFunctions are the functions of this file.
var urlFunctions []Function
