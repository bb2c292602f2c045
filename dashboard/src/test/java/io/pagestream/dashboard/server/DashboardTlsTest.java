package io.pagestream.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard over TLS, with a key created with {@code keytool}. */
final class DashboardTlsTest {
  private static final String PASSWORD = "changeit-really";
  @TempDir private static Path keys;
  @TempDir private Path temporary;

  @BeforeAll
  static void makeKey() throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "dashboard",
                "-keyalg",
                "EC",
                "-dname",
                "CN=evidence-room",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore().toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }

  private static Path keyStore() {
    return keys.resolve("dashboard.p12");
  }

  private ServedCase serve(Path keyStore, String password, String listen) {
    return ServedCase.in(
        temporary.resolve("case"),
        new DashboardSettings(
            listen, 0, Optional.of(ServedCase.TOKEN), Optional.of(keyStore), password));
  }

  @Test
  void the_page_is_reached_by_name_and_by_address_and_asks_for_the_token() throws Exception {
    try (ServedCase dashboard = serve(keyStore(), PASSWORD, "0.0.0.0");
        HttpClient client = trusting()) {
      for (String host : new String[] {"127.0.0.1", "localhost"}) {
        URI overview = URI.create("https://%s:%d/api/overview".formatted(host, dashboard.port()));
        assertThat(ask(client, overview, ServedCase.TOKEN).statusCode()).as(host).isEqualTo(200);
        assertThat(ask(client, overview, "another-token-1234").statusCode()).isEqualTo(401);
        assertThat(
                client
                    .send(
                        HttpRequest.newBuilder(overview).build(),
                        HttpResponse.BodyHandlers.ofString())
                    .statusCode())
            .isEqualTo(401);
      }
    }
  }

  @Test
  void the_cookie_travels_over_tls_only() throws Exception {
    try (ServedCase dashboard = serve(keyStore(), PASSWORD, DashboardSettings.LOOPBACK);
        HttpClient client = trusting()) {
      HttpRequest login =
          HttpRequest.newBuilder(
                  URI.create("https://127.0.0.1:%d/login".formatted(dashboard.port())))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString("token=" + ServedCase.TOKEN))
              .build();
      HttpResponse<String> answer = client.send(login, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
          .startsWith("__Host-pagestream-")
          .contains("; Secure");
    }
  }

  @Test
  void who_does_not_speak_tls_gets_nothing_of_the_case() throws IOException {
    try (ServedCase dashboard = serve(keyStore(), PASSWORD, DashboardSettings.LOOPBACK)) {
      String answer;
      try {
        answer =
            dashboard.raw(
                "GET /api/overview HTTP/1.1",
                "Host: 127.0.0.1",
                "Authorization: Bearer " + ServedCase.TOKEN);
      } catch (IOException reset) {
        answer = "";
      }
      assertThat(answer).doesNotContain("small.raw", "images");
    }
  }

  @Test
  void a_key_store_that_does_not_open_is_named_with_what_to_do() throws IOException {
    Path noStore = Files.writeString(keys.resolve("no.p12"), "this is no key store");
    assertRefused(keyStore(), "wrong-password", "dashboard.p12");
    assertRefused(noStore, PASSWORD, "no.p12");
    assertRefused(keys.resolve("missing.p12"), PASSWORD, "missing.p12");
  }

  private void assertRefused(Path store, String password, String file) {
    Path folder = temporary.resolve(file + password);
    DashboardSettings settings =
        new DashboardSettings(
            DashboardSettings.LOOPBACK,
            0,
            Optional.of(ServedCase.TOKEN),
            Optional.of(store),
            password);
    assertThatThrownBy(() -> ServedCase.in(folder, settings).close())
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining(file)
        .hasMessageContaining("key store cannot be opened")
        .hasMessageContaining("--tls-password-file");
  }

  private static HttpResponse<String> ask(HttpClient client, URI address, String token)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpClient trusting() throws Exception {
    KeyStore store = KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("dashboard", store.getCertificate("dashboard"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
