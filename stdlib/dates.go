package stdlib

// dateFunctions are the functions of this file.
var dateFunctions []Function
