package stdlib

// regexpFunctions are the functions of this file.
var regexpFunctions []Function
