package io.pagestream.dashboard.server;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a dashboard that serves a case full of hostile values. */
abstract class DashboardTest {
  @TempDir Path temporary;
  ServedCase dashboard;

  /** The token that clients must know; by default there is none. */
  Optional<String> token() {
    return Optional.empty();
  }

  @BeforeEach
  void serve() {
    dashboard = ServedCase.in(temporary.resolve("case"), token());
  }

  @AfterEach
  void stop() {
    dashboard.close();
  }
}
