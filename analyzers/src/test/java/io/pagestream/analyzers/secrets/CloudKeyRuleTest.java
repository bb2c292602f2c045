package io.pagestream.analyzers.secrets;

import io.pagestream.analyzers.chars.TextRuleContract;

final class CloudKeyRuleTest extends TextRuleContract {
  CloudKeyRuleTest() {
    super(
        "secrets",
        "cloud-key",
        """
        «AKIA~IOSFODNN7EXAMPLE»
        aws_access_key_id = «ASIA~IOSFODNN7EXAMPLE»
        key=«AIza~SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY»&x
        «ghp_~zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17»
        https://«ghs_~aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW00snvpY»@github.com
        «xoxb-~123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx»
        «sk_live_~4eC39HqLyjWDarjtT1zdp7dc»
        «glpat-~aB3dE5fG7hJ9kL1mN2pQ»
        aws_secret_access_key = «fRUHKEpXV8rGticIpO8Av8XWlSVkictwTxK0ueYl»
        "SecretAccessKey": "«fRUHKEpXV8rGticIpO8Av8XWlSVkictwTxK0ueYl»"
        AccountName=x;AccountKey=«TqRPUjg84a5RMKx1UyfLlVeSnY4x5C/9Xvak+jeI5f9z8D7PoWsBgTJZjrEAs4P5JbxgJ1aokdC76JsFO69SRA==»;
        "private_key_id": "«4b2f0c9e8d7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c»",
        """
            .replace("~", ""),
        """
        ghp_~zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18
        ghp_~zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17a
        AKIA~IOSFODNN7EXAMPL
        xAKIA~IOSFODNN7EXAMPLE
        AKIA~IOSFODNN7EXAMPL0
        sk_live_~xxxxxxxxxxxxxxxxxxxxxxxx
        xoxb-~your-token-here-aaaaaaaaaaaaaaa
        aws_secret_access_key = YOUR_SECRET
        aws_secret_access_key 4b2f0c9e8d7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c
        AccountKey=TqRPUjg84a5RMKx1UyfLlVeSnY4x5C==
        """
            .replace("~", ""));
  }
}
