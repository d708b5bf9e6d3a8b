/**
 * Passwords of at least twelve characters that published lists of leaked passwords show at their top, in lower case. Shorter ones are
 * refused by their length, and runs and repetitions by a rule of their own (password-rules.ts).
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `password1234 password12345 password123456 password1234! password123! passw0rd1234 p@ssw0rd1234 p@ssword1234
  mypassword123 newpassword1 changeme1234 changeme123! changemenow1 letmein12345 letmein123456 welcome12345 welcome123456 welcome2024!
  welcome2025! welcome2026! qwertyuiop12 qwertyuiop123 qwerty123456 qwerty1234567 qwerty12345678 1q2w3e4r5t6y 1q2w3e4r5t6y7u
  q1w2e3r4t5y6 1qaz2wsx3edc 1qaz2wsx3edc4rfv zaq12wsxcde3 asdfghjkl123 zxcvbnm12345 iloveyou1234 iloveyou123!
  iloveyou12345 administrator administrator1 admin1234567 admin12345678 adminadmin12 admin@123456 
  rootroot1234 superuser123 supersecret1 secret123456 topsecret123 football1234 baseball1234 basketball12
  superman1234 batman123456 dragon123456 monkey123456 shadow123456 master123456 michael12345 jennifer1234 princess1234 sunshine1234
  summer202412 winter202412 spring2025!! autumn2025!! january12345 december1234 abc123456789 abcd12345678 abcdef123456 abcdefg12345
  a1b2c3d4e5f6 aa1234567890 qwe123qwe123 qweasdzxc123 123qweasdzxc 123456qwerty 1234567890qw 1234567890ab 123456789abc
  12345678910a 123456789012 1234567891011 123123123123 112233445566 111222333444 987654321012 098765432112 147258369147 741852963741
  trustno1trustno1 whatever1234 computer1234 internet1234 samsung12345 google123456 facebook1234 linkedin1234 testtest1234 test12345678
  guestguest12 default12345 temporary123 temppassword1 companyname1 accounting123 accounting12
  mypasswordis1 nopassword123 jordan234567 liverpool123 chelsea12345 arsenal12345 pokemon12345`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
