package io.pagestream.analyzers.secrets;

import io.pagestream.analyzers.chars.TextSample;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Sample;
import java.util.List;
import java.util.Map;

final class SecretsAnalyzerTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "secrets";
  }

  @Override
  protected List<Sample> samples() {
    TextSample connection =
        TextSample.of("'postgres://app:s3cret@db.example.org:5432/app'")
            .has(
                "credential",
                "postgres://app:s3cret@db.example.org:5432/app",
                Map.of(
                    "scheme",
                    "postgres",
                    "user",
                    "app",
                    "password",
                    "s3cret",
                    "host",
                    "db.example.org"));
    String token =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0"
            + "IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";
    TextSample jwt =
        TextSample.of(token)
            .has(
                "json-web-token", token, Map.of("alg", "HS256", "typ", "JWT", "sub", "1234567890"));
    TextSample key =
        TextSample.of("id=AKIA" + "IOSFODNN7EXAMPLE,")
            .has(
                "cloud-key",
                "AKIA" + "IOSFODNN7EXAMPLE",
                Map.of("provider", "aws", "type", "access-key-id"));
    TextSample nothing = TextSample.of("ssh://git@github.com/x eyJhbGciOiJ AKIA ghp_ AccountKey=");
    return List.of(
        connection.ascii(),
        connection.wide(),
        jwt.ascii(),
        key.ascii(),
        key.wide(),
        nothing.ascii());
  }
}
