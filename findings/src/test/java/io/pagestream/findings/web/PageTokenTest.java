package io.pagestream.findings.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page with a token: without it there is a form and nothing else. */
final class PageTokenTest {
  @TempDir private Path temporary;
  private ServedCase page;

  @BeforeEach
  void serve() {
    page = ServedCase.in(temporary.resolve("case"), Optional.of(ServedCase.TOKEN));
  }

  @AfterEach
  void stop() {
    page.close();
  }

  @Test
  void withoutTheTokenThereIsOnlyTheForm() {
    HttpResponse<String> root = page.get("/");
    assertThat(root.statusCode()).isEqualTo(401);
    assertThat(root.body()).contains("<form").doesNotContain("app.js", "small.raw");
    for (String path :
        List.of("/api/overview", "/api/events", "/api/findings.csv", "/app.js", "/index.html")) {
      assertThat(page.get(path).statusCode()).as(path).isEqualTo(401);
    }
  }

  @Test
  void aWrongTokenIsRefusedWhereverItStands() {
    String wrong = ServedCase.TOKEN.substring(0, ServedCase.TOKEN.length() - 1) + "5";
    for (String word : List.of(wrong, "", ServedCase.TOKEN + "x", "null")) {
      assertThat(bearer(word).statusCode()).as("bearer " + word).isEqualTo(401);
    }
    assertThat(page.get("/login?token=" + wrong).statusCode()).isEqualTo(401);
    var cookie = page.request("/api/overview").header("Cookie", "pagestream-token=" + wrong);
    assertThat(page.send(cookie.build()).statusCode()).isEqualTo(401);
    assertThat(page.get("/api/overview?token=" + ServedCase.TOKEN).statusCode())
        .as("only /login takes it from an address")
        .isEqualTo(401);
  }

  @Test
  void guessingIsSlow() {
    int limited = 0;
    for (int i = 0; i < 40; i++) {
      limited +=
          page.get("/login?token=guess-number-" + i + "-of-many").statusCode() == 429 ? 1 : 0;
    }
    assertThat(limited).isGreaterThanOrEqualTo(25);
  }

  @Test
  void theTokenOpensAsBearerAndAsCookieThatScriptsCannotRead() {
    assertThat(bearer(ServedCase.TOKEN).statusCode()).isEqualTo(200);
    HttpResponse<String> login = page.get("/login?token=" + ServedCase.TOKEN);
    assertThat(login.statusCode()).isEqualTo(303);
    assertThat(login.headers().firstValue("Location")).hasValue("/");
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
    var request = page.request("/api/overview").header("Cookie", cookie.split(";", 2)[0]);
    assertThat(page.send(request.build()).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> bearer(String word) {
    return page.send(
        page.request("/api/overview").header("Authorization", "Bearer " + word).build());
  }
}
