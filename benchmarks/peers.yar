/* Rules for compare-with-peers: one for each form of string that YARA has. */
rule find_text { strings: $a = "evidence" $b = "keyholder" nocase condition: any of them }
rule find_wide { strings: $a = "example" wide $b = "Users" wide ascii fullword condition: any of them }
rule find_expression { strings: $a = /[a-z]{3,12}@[a-z]{3,12}\.(org|net|test)/ condition: $a }
rule find_hexadecimal { strings: $a = { 7F 45 4C 46 02 01 01 ( 00 | 03 ) } $b = { 53 51 4C 69 74 65 20 66 6F 72 6D 61 74 [1-4] 00 } condition: any of them }
rule find_encoded { strings: $a = "password" base64 $b = "This program cannot" xor(1-255) condition: any of them }
rule find_several { strings: $a = "BEGIN" $b = "PRIVATE KEY-----" condition: all of them }
