declare const x: any;
