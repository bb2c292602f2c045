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

/** Options of the dashboard: address, access, and folders of images. */
final class DashboardOptions {
  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = DashboardSettings.LOOPBACK,
      description = {
        "Address to listen on (default: ${DEFAULT-VALUE}, this machine only).",
        "For any other address, also give --tls-keystore; otherwise the token and the findings"
            + " are transferred unencrypted."
      })
  private String listen;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "File whose first line is the token that clients must send, at least 16 characters.",
        "The environment variable PAGESTREAM_TOKEN can be used instead. By default, a random"
            + " token is created.",
        "The token is never printed: the command prints the names of a file that opens the"
            + " dashboard in a browser and of a file that contains the token."
      })
  private @Nullable Path tokenFile;

  @Option(
      names = "--no-token",
      description =
          "Give all users and programs on this machine access to the case, without a token.")
  private boolean noToken;

  @Option(names = "--token", hidden = true, arity = "0..1", paramLabel = "TOKEN")
  @SuppressWarnings({"unused", "UnusedVariable", "UnusedMethod"}) // picocli calls it
  private void refuseToken(@Nullable String secret) {
    throw PagestreamException.of(
        ErrorCode.USAGE,
        "--token is not accepted, because every user of this machine can read command lines",
        "write the token to a file (chmod 600) and use --token-file, or set PAGESTREAM_TOKEN;"
            + " choose a different token");
  }

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description = "Use TLS with this PKCS#12 key store.")
  private @Nullable Path keyStore;

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password of the key store.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      split = ",",
      description = {
        "Folders with the image files, so that the bytes of pages can be shown.",
        "The case folder, its parent folder and the current folder are searched too."
      })
  private List<Path> images = List.of();

  List<Path> images() {
    return images;
  }

  /** The settings; a token is generated if none is given. */
  DashboardSettings settings(int port, PrintWriter err) {
    return new DashboardSettings(
        listen, port, token(err), Optional.ofNullable(keyStore), password(err));
  }

  private Optional<String> token(PrintWriter err) {
    if (noToken) {
      if (tokenFile != null) {
        throw PagestreamException.of(
            ErrorCode.USAGE, "--no-token and --token-file", "use only one of them");
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
