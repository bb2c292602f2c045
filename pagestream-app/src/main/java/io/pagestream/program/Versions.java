package io.pagestream.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The output of {@code --version}: the version of Pagestream, followed by the versions of
 * components that affect its behavior.
 */
public final class Versions implements IVersionProvider {
  /** The version of the program, as recorded in the manifest of a case. */
  public static String pagestream() {
    return written().getProperty("pagestream", "unknown");
  }

  /** The file that the build writes next to this class. */
  private static Properties written() {
    Properties versions = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      if (in != null) {
        versions.load(in);
      }
    } catch (IOException damaged) {
      throw new UncheckedIOException("the program file is damaged", damaged);
    }
    return versions;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "pagestream " + pagestream(),
      "Kafka %s, Java %s, %s %s"
          .formatted(
              written().getProperty("kafka", "unknown"),
              Runtime.version(),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }
}
