package io.pagestream.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {
  @Test
  void secretsAreMaskedInEveryForm() {
    assertThat(
            Secrets.masked(
                List.of(
                    "analyze",
                    "--token",
                    "s3cret",
                    "--token=s3cret",
                    "--TLS-Password",
                    "s3cret",
                    "--sasl.password=s3cret",
                    "password=s3cret",
                    "kafka://me:s3cret@broker:9092")))
        .noneMatch(argument -> argument.contains("s3cret"))
        .hasSize(9);
  }

  @Test
  void filesThatHoldSecretsAndAllElseStay() {
    List<String> plain =
        List.of("serve", "--token-file", "t", "--tls-password-file=p", "--tokens", "x=y", "C:/a@b");
    assertThat(Secrets.masked(plain).subList(0, 4)).isEqualTo(plain.subList(0, 4));
    assertThat(Secrets.masked(List.of("--out", "a=b", "me@example.org")))
        .containsExactly("--out", "a=b", "me@example.org");
  }
}
