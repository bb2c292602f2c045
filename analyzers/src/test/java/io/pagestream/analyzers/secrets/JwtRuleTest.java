package io.pagestream.analyzers.secrets;

import io.pagestream.analyzers.chars.TextRuleContract;

final class JwtRuleTest extends TextRuleContract {
  JwtRuleTest() {
    super(
        "secrets",
        "json-web-token",
        """
        «eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c»
        Authorization: Bearer «eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiAiamFuZSIsICJpc3MiOiAiaHR0cHM6Ly9sb2dpbi5leGFtcGxlLm9yZyIsICJleHAiOiAxNzkwMDAwMDAwfQ.DMXrbNH1l1XPpAkp-MHeIaJO7GiTI7rxsnDPPf29jzg»
        "«eyJhbGciOiJub25lIn0.eyJzdWIiOiAiamFuZSIsICJpc3MiOiAiaHR0cHM6Ly9sb2dpbi5leGFtcGxlLm9yZyIsICJleHAiOiAxNzkwMDAwMDAwfQ.»"
        """,
        """
        eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiAiamFuZSIsICJpc3MiOiAiaHR0cHM6Ly9sb2dpbi5leGFtcGxlLm9yZyIsICJleHAiOiAxNzkwMDAwMDAwfQ.DMXrbNH1l1XPpAkp-MHeIaJO7GiTI7rxsnDPPf29jzg
        eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9
        eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIi
        eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.aaaa.bbbb
        xeyJhbGciOiJub25lIn0.eyJzdWIiOiAiamFuZSIsICJpc3MiOiAiaHR0cHM6Ly9sb2dpbi5leGFtcGxlLm9yZyIsICJleHAiOiAxNzkwMDAwMDAwfQ.
        """);
  }
}
