package io.pagestream.cases.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagestream.cases.finding.FindingColumn;
import io.pagestream.cases.space.FreeSpace;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A store that is filled while it is queried, with the same tables as that of a finished case.
 * Records may arrive any number of times and in any order. One thread at a time fills it; each
 * addition is atomic. Batches of some ten thousand findings are fast, single findings are not.
 *
 * <p>Histograms, correlations and facets are those of the last {@link #refresh()}.
 */
public final class LiveStore extends FindingStore {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final String INCOMING =
      "CREATE OR REPLACE TEMP TABLE incoming (%s)".formatted(FindingSql.INCOMING);

  /** Maximum number of spans of an image in a live case; typical images have a few ten thousand. */
  static final int MOST_SPANS = 500_000;

  private final DuckDBConnection writer;
  private final Path verdictLines;
  private final FreeSpace space;
  private final ObjectMapper json = new ObjectMapper();
  private long impossible;

  private LiveStore(Path file, StoreSettings settings, DuckDBConnection connection, FreeSpace space)
      throws SQLException {
    super(file, settings, connection);
    this.writer = connect();
    this.verdictLines = verdictLines(file);
    this.space = space;
  }

  /**
   * An empty store.
   *
   * @param file a file that does not exist yet, in a folder that only its owner may read; it is not
   *     deleted on close
   * @throws PagestreamException {@link ErrorCode#READ_FAILED} if it cannot be created
   */
  public static LiveStore create(Path file, StoreSettings settings) {
    Path temporary = file.resolveSibling(file.getFileName() + ".temp");
    try {
      DuckDBConnection connection =
          Database.open(
              file, temporary, settings, Database.Access.FILL, List.of(verdictLines(file)));
      Database.run(connection, "schema.sql", Map.of());
      return new LiveStore(file, settings, connection, FreeSpace.around(file));
    } catch (SQLException e) {
      throw Database.unusable(file, e);
    } catch (IOException e) {
      throw full(file, e);
    }
  }

  /** The only file besides its own that the store reads. */
  private static Path verdictLines(Path file) {
    return file.resolveSibling(file.getFileName() + ".verdicts.jsonl");
  }

  private static PagestreamException full(Path file, IOException cause) {
    return PagestreamException.inFile(
            ErrorCode.DISK_FULL,
            file.toString(),
            "the findings store cannot grow: " + cause.getMessage(),
            "free some space on its disk")
        .causedBy(cause);
  }

  /**
   * Adds findings that are not in the store yet.
   *
   * @return number of new findings
   * @throws PagestreamException {@link ErrorCode#DISK_FULL} before the disk is full
   */
  public synchronized long add(List<Finding> findings) {
    try {
      if (space.isShort()) {
        throw full(file(), space.tooLittle());
      }
    } catch (IOException e) {
      throw full(file(), e);
    }
    return transaction(statement -> {
      statement.execute(INCOMING);
      try (DuckDBAppender appender = writer.createAppender("temp", "main", "incoming")) {
        for (Finding finding : findings) {
          append(appender, finding);
        }
      }
      return statement.executeLargeUpdate(Database.script("add-findings.sql"));
    });
  }

  /** Invalid findings that were omitted: their id is not 32 hex digits. */
  public synchronized long impossible() {
    return impossible;
  }

  private void append(DuckDBAppender appender, Finding finding) throws SQLException {
    String id = finding.getFindingId();
    if (!ID.matcher(id).matches()) {
      impossible++; // other clients may write to the topic
      return;
    }
    appender.beginRow();
    for (FindingColumn column : FindingColumn.ALL) {
      Object value = column.value(finding);
      switch (column.type()) {
        case ID ->
            appender.appendUUID(
                HexFormat.fromHexDigitsToLong(id, 0, 16),
                HexFormat.fromHexDigitsToLong(id, 16, 32));
        case TEXT -> appender.append(text(value.toString()));
        case WORD -> appender.append(value.toString());
        case INTEGER -> appender.append((int) value);
        case LONG -> appender.append((long) value);
        case TEXTS -> appender.append(texts((Map<?, ?>) value));
      }
    }
    appender.endRow();
  }

  private static String text(String text) {
    return HostileText.wellFormed(text);
  }

  private String texts(Map<?, ?> texts) {
    if (texts.isEmpty()) {
      return "{}";
    }
    Map<String, String> sorted = new TreeMap<>();
    texts.forEach((name, value) -> sorted.put(text(name.toString()), text(value.toString())));
    try {
      return json.writeValueAsString(sorted);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts is JSON", e);
    }
  }

  /**
   * Replaces an image's facts by the current ones.
   *
   * @param place its position among the images of the case, from 0
   */
  public synchronized void putImage(int place, ImageLedger ledger) {
    transaction(statement -> {
      new ImageRows(writer).put(place, ledger);
      return 0L;
    });
  }

  /** Replaces the doubts that concern no image: the rejected records. */
  public synchronized void putStrayDoubts(List<Doubt> doubts) {
    transaction(statement -> {
      new ImageRows(writer).putDoubts("", doubts);
      return 0L;
    });
  }

  /** Replaces an image's verdicts, up to {@value #MOST_SPANS} spans. */
  public void putVerdicts(String imageId, VerdictStore verdicts) {
    putVerdicts(imageId, verdicts, MOST_SPANS);
  }

  synchronized void putVerdicts(String imageId, VerdictStore verdicts, int most) {
    VerdictFile written = VerdictFile.write(verdictLines, imageId, verdicts, most);
    transaction(statement -> {
      try (PreparedStatement delete =
          writer.prepareStatement("DELETE FROM verdicts WHERE image_id = ?")) {
        delete.setString(1, imageId);
        delete.execute();
      }
      new ImageRows(writer).putNotShown(imageId, written.remark());
      Database.run(writer, "load-verdicts.sql", Map.of("verdicts", Database.literal(verdictLines)));
      return 0L;
    });
  }

  /** Computes histograms, correlations and facets of the current findings. */
  public synchronized void refresh() {
    transaction(statement -> {
      statement.execute(Database.script("refresh.sql"));
      return 0L;
    });
  }

  /** An atomic operation. */
  @FunctionalInterface
  private interface Work {
    long run(Statement statement) throws SQLException;
  }

  private long transaction(Work work) {
    try (Statement statement = writer.createStatement()) {
      statement.execute("BEGIN TRANSACTION");
      boolean done = false;
      try {
        long result = work.run(statement);
        statement.execute("COMMIT");
        done = true;
        return result;
      } finally {
        if (!done) {
          statement.execute("ROLLBACK");
        }
      }
    } catch (SQLException e) {
      throw Database.unusable(file(), e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      writer.close();
    } catch (SQLException e) {
      throw Database.unusable(file(), e);
    } finally {
      super.close();
    }
  }
}
