package io.pagestream.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The dashboard with a token: without it, only a form is accessible. */
final class DashboardTokenTest extends DashboardTest {
  @Override
  Optional<String> token() {
    return Optional.of(ServedCase.TOKEN);
  }

  @Test
  void withoutTheTokenThereIsTheFrontEndAndNothingOfTheCase() {
    HttpResponse<String> form = dashboard.get("/login");
    assertThat(form.statusCode()).isEqualTo(200);
    assertThat(form.body()).contains("<form", "method=\"post\"").doesNotContain("small.raw");
    assertThat(dashboard.get("/").body()).doesNotContain("small.raw");
    for (String path :
        List.of("/api/overview", "/api/events", "/api/findings.csv", "/index.html", "/nothing")) {
      assertThat(dashboard.get(path).statusCode()).as(path).isEqualTo(401);
    }
  }

  @Test
  void aWrongTokenIsRefusedWhereverItStands() {
    String wrong = ServedCase.TOKEN.substring(0, ServedCase.TOKEN.length() - 1) + "5";
    for (String word : List.of(wrong, "", ServedCase.TOKEN + "x", "null")) {
      assertThat(bearer(word).statusCode()).as("bearer " + word).isEqualTo(401);
    }
    assertThat(dashboard.form("/login", "token", wrong).statusCode()).isEqualTo(401);
    assertThat(dashboard.form("/open", "ticket", ServedCase.TOKEN).statusCode()).isEqualTo(403);
    for (String secret : List.of(wrong, ServedCase.TOKEN)) {
      var cookie =
          dashboard
              .request("/api/overview")
              .header("Cookie", "pagestream-" + dashboard.port() + "=" + secret);
      assertThat(dashboard.send(cookie.build()).statusCode())
          .as("a cookie is no token")
          .isEqualTo(401);
    }
  }

  @Test
  void noAddressTakesTheToken() {
    HttpResponse<String> old = dashboard.get("/login?token=" + ServedCase.TOKEN);
    assertThat(old.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(dashboard.get("/api/overview?token=" + ServedCase.TOKEN).statusCode())
        .isEqualTo(401);
  }

  @Test
  void wrongTokensAreTurnedAwayButTheRightOneIsLetIn() {
    int limited = 0;
    for (int i = 0; i < 40; i++) {
      limited +=
          dashboard.form("/login", "token", "guess-number-" + i + "-of-many").statusCode() == 429
              ? 1
              : 0;
    }
    assertThat(limited).isGreaterThanOrEqualTo(25);
    assertThat(dashboard.form("/login", "token", ServedCase.TOKEN).statusCode()).isEqualTo(303);
    assertThat(bearer(ServedCase.TOKEN).statusCode()).isEqualTo(200);
  }

  @Test
  void theTokenOpensAsBearerAndTheFormLeavesASessionThatScriptsCannotRead() {
    assertThat(bearer(ServedCase.TOKEN).statusCode()).isEqualTo(200);
    HttpResponse<String> login = dashboard.form("/login", "token", ServedCase.TOKEN);
    assertThat(login.statusCode()).isEqualTo(303);
    assertThat(login.headers().firstValue("Location")).hasValue("/");
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .contains("HttpOnly", "SameSite=Strict", "Path=/")
        .doesNotContain(ServedCase.TOKEN);
    var request = dashboard.request("/api/overview").header("Cookie", cookie.split(";", 2)[0]);
    assertThat(dashboard.send(request.build()).statusCode()).isEqualTo(200);
  }

  @Test
  void oneBrowserThatAsksTooOftenDoesNotKeepAnotherOut() {
    String greedy = session();
    String other = session();
    long limited = 0;
    for (int i = 0; i < 2000 && limited == 0; i++) {
      limited += ask(greedy) == 429 ? 1 : 0;
    }
    assertThat(ask(other)).isEqualTo(200);
  }

  private String session() {
    return dashboard
        .form("/login", "token", ServedCase.TOKEN)
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow()
        .split(";", 2)[0];
  }

  private int ask(String cookie) {
    return dashboard
        .send(dashboard.request("/api/notes").header("Cookie", cookie).build())
        .statusCode();
  }

  private HttpResponse<String> bearer(String word) {
    return dashboard.send(
        dashboard.request("/api/overview").header("Authorization", "Bearer " + word).build());
  }
}
