package io.pagestream.command;

import io.pagestream.dashboard.guard.AccessToken;
import io.pagestream.dashboard.server.DashboardSettings;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the dashboard: where it listens, who may see it, where images lie. */
final class DashboardOptions {
  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = DashboardSettings.LOOPBACK,
      description = {
        "Address to listen on (default: ${DEFAULT-VALUE}, this machine only).",
        "On any other, give --tls-keystore as well, or token and findings travel in the clear."
      })
  private String listen;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "File whose first line is the token that a client must know, 16 characters or more.",
        "The environment variable PAGESTREAM_TOKEN does as well. By default a random one is made.",
        "A token is never printed: the program names a file that opens the dashboard in a browser,"
            + " and one with the token."
      })
  private @Nullable Path tokenFile;

  @Option(
      names = "--no-token",
      description = "Let every user and program of this machine see the case, without a token.")
  private boolean noToken;

  @Option(names = "--token", hidden = true, arity = "0..1", paramLabel = "TOKEN")
  @SuppressWarnings({"unused", "UnusedVariable", "UnusedMethod"}) // picocli calls it
  private void refuseToken(@Nullable String secret) {
    throw PagestreamException.of(
        ErrorCode.USAGE,
        "--token is not accepted, since every user of this machine can read a command line",
        "put the token into a file (chmod 600) and give --token-file, or set PAGESTREAM_TOKEN;"
            + " choose another token than this one");
  }

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

  /** The settings; a token is made where none is given. */
  DashboardSettings settings(int port, PrintWriter err) {
    return new DashboardSettings(
        listen, port, token(err), Optional.ofNullable(keyStore), password(err));
  }

  private Optional<String> token(PrintWriter err) {
    if (noToken) {
      if (tokenFile != null) {
        throw PagestreamException.of(
            ErrorCode.USAGE, "--no-token and --token-file", "give one of them");
      }
      return Optional.empty();
    }
    if (tokenFile != null) {
      return Optional.of(firstLine(tokenFile, "the token", err));
    }
    String given = System.getenv("PAGESTREAM_TOKEN");
    return Optional.of(given == null || given.isEmpty() ? AccessToken.random() : given);
  }

  private String password(PrintWriter err) {
    return passwordFile == null ? "" : firstLine(passwordFile, "the password", err);
  }

  private static String firstLine(Path file, String what, PrintWriter err) {
    try (var lines = Files.lines(file)) {
      if (canBeReadByOthers(file)) {
        err.println("pagestream: warning: other users can read %s; chmod 600 it".formatted(file));
        err.flush();
      }
      return lines.findFirst().orElse("");
    } catch (IOException | UncheckedIOException e) {
      throw SystemFailure.reading(file.toString(), what + " cannot be read", e);
    }
  }

  private static boolean canBeReadByOthers(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        && Files.getPosixFilePermissions(file).stream()
            .anyMatch(permission ->
                permission == PosixFilePermission.GROUP_READ
                    || permission == PosixFilePermission.OTHERS_READ);
  }
}
