package io.pagestream.command;

import io.pagestream.findings.web.PageSettings;
import io.pagestream.findings.web.guard.AccessToken;
import io.pagestream.findings.web.guard.HostNames;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the page: where it listens, who may see it, where images lie. */
final class PageOptions {
  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = PageSettings.LOOPBACK,
      description = {
        "Address to listen on (default: ${DEFAULT-VALUE}, this machine only).",
        "On any other, clients need a token; one is made and printed if none is given."
      })
  private String listen;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = {
        "Secret that a client must know, 16 characters or more.",
        "Better set PAGESTREAM_TOKEN: everybody on the machine can read a command line."
      })
  private @Nullable String token;

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description = "Serve over TLS with this PKCS#12 key store.")
  private @Nullable Path keyStore;

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description = "File whose first line is the key store's password.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      split = ",",
      description = {
        "Folders in which the image files lie, so that pages can be shown with their bytes.",
        "The case folder, the one above it and the current one are searched too."
      })
  private List<Path> images = List.of();

  List<Path> images() {
    return images;
  }

  /** The settings; a token is made where one is needed and none is given. */
  PageSettings settings(int port) {
    String given = token == null ? System.getenv("PAGESTREAM_TOKEN") : token;
    Optional<String> secret = Optional.ofNullable(given).filter(some -> !some.isEmpty());
    if (secret.isEmpty() && !HostNames.isLoopbackAddress(listen)) {
      secret = Optional.of(AccessToken.random());
    }
    return new PageSettings(listen, port, secret, Optional.ofNullable(keyStore), password());
  }

  private String password() {
    if (passwordFile == null) {
      return "";
    }
    try (var lines = Files.lines(passwordFile)) {
      return lines.findFirst().orElse("");
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_READABLE,
              passwordFile.toString(),
              "the password cannot be read",
              "check that the file exists and may be read")
          .causedBy(e);
    }
  }
}
