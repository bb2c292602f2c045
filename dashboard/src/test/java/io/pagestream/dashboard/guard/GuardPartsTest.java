package io.pagestream.dashboard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class GuardPartsTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aClientMayAskInABurstAndThenAtItsRate() {
    AtomicLong now = new AtomicLong();
    ClientRates rates = new ClientRates(2, 3, now::get);
    assertThat(admitted(rates, "a", 5)).isEqualTo(3);
    assertThat(admitted(rates, "b", 5)).as("another client").isEqualTo(3);
    now.addAndGet(SECOND);
    assertThat(admitted(rates, "a", 5)).isEqualTo(2);
    now.addAndGet(100 * SECOND);
    assertThat(admitted(rates, "a", 9)).as("never more than a burst").isEqualTo(3);
  }

  @Test
  void aMillionClientsAreNotRemembered() {
    ClientRates rates = new ClientRates(0, 1, () -> 0);
    for (int i = 0; i < 100_000; i++) {
      assertThat(rates.admits("client " + i)).isTrue();
    }
    assertThat(rates.admits("client 99999")).isFalse();
    assertThat(rates.admits("client 0")).as("forgotten long ago").isTrue();
  }

  private static int admitted(ClientRates rates, String client, int times) {
    int admitted = 0;
    for (int i = 0; i < times; i++) {
      admitted += rates.admits(client) ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void onlyTheTokenItselfMatches() {
    String secret = AccessToken.random();
    AccessToken token = new AccessToken(secret);
    assertThat(token.matches(secret)).isTrue();
    assertThat(token.matches(null)).isFalse();
    assertThat(token.matches("")).isFalse();
    assertThat(token.matches(secret + " ")).isFalse();
    assertThat(token.matches("x".repeat(1 << 20))).isFalse();
    assertThat(AccessToken.isUsable("semicolon;in-a-cookie")).isFalse();
    assertThat(AccessToken.isUsable("new\nline-in-a-header")).isFalse();
  }

  @Test
  void hostsAreComparedWhole() {
    assertThat(HostNames.isLoopback("[::1]:8080")).isTrue();
    assertThat(HostNames.isLoopback("::1")).isFalse();
    assertThat(HostNames.isLoopback("127.0.0.1.example")).isFalse();
    assertThat(HostNames.isLoopback(null)).isFalse();
    assertThat(HostNames.isSameSite("http://localhost:1", "localhost:1")).isTrue();
    assertThat(HostNames.isSameSite("http://localhost:1", "localhost:2")).isFalse();
    assertThat(HostNames.isSameSite("null", "null")).isFalse();
  }
}
