package io.pagestream.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Slow raw sockets: none of them blocks other clients, and each is closed. */
final class DashboardSlownessTest extends DashboardTest {
  private static final int MOST_SECONDS = 120;

  @Override
  Optional<String> token() {
    return Optional.of(ServedCase.TOKEN);
  }

  @Test
  void aByteASecondIsNoWayToHoldAConnection() throws IOException {
    assertThat(isClosedWhileTrickling("GET / HTTP/1.1\r\nHost: localhost\r\nX: ")).isTrue();
    assertThat(
            isClosedWhileTrickling(
                "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\ntoken="))
        .isTrue();
  }

  @Test
  void manyIdleConnectionsDoNotKeepTheOwnerOut() throws IOException {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        idle.add(new Socket(InetAddress.getLoopbackAddress(), dashboard.port()));
      }
      assertThat(
              dashboard
                  .send(
                      dashboard
                          .request("/api/overview")
                          .header("Authorization", "Bearer " + ServedCase.TOKEN)
                          .build())
                  .statusCode())
          .isEqualTo(200);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  private boolean isClosedWhileTrickling(String beginning) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), dashboard.port())) {
      socket.setSoTimeout(1000);
      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
      for (int second = 0; second < MOST_SECONDS; second++) {
        try {
          socket.getOutputStream().write('a');
          if (socket.getInputStream().read() < 0) {
            return true;
          }
        } catch (SocketTimeoutException stillOpen) {
          // The next byte follows.
        } catch (IOException closed) {
          return true;
        }
      }
      return false;
    }
  }
}
