package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.pagestream.cases.collect.CollectProgress;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The progress of a running job, which it writes to its folder for temporary files so that other
 * processes can show it.
 *
 * @param images images of the job
 * @param imagesEnded images that have been read to their end
 * @param pages analyzed pages
 * @param mapperPages judged pages
 * @param findings findings, including copies
 * @param done measure of the work that is done
 * @param all the same measure of all work; 0 if it is not known
 * @param elapsedMillis time since the job has begun, in milliseconds
 */
public record JobProgress(
    int images,
    int imagesEnded,
    long pages,
    long mapperPages,
    long findings,
    long done,
    long all,
    long elapsedMillis) {
  private static final String FILE = "progress.json";

  /** The progress of a job that began at a time. */
  public static JobProgress of(CollectProgress progress, Instant began) {
    boolean batch = progress.fileBytes() > 0;
    boolean known = progress.imagesOpened() == progress.images();
    return new JobProgress(
        progress.images(),
        progress.imagesEnded(),
        progress.analyzers().pages(),
        progress.mapper().pages(),
        progress.findingsReceived(),
        batch ? progress.fileBytesDone() : Pages.address(progress.analyzers().pages()),
        batch ? progress.fileBytes() : known ? Pages.address(progress.pages()) : 0,
        Duration.between(began, Instant.now()).toMillis());
  }

  /** Writes it; a reader sees the earlier or the new one. */
  public void write(Path scratch) throws IOException {
    Path partial = scratch.resolve(FILE + PrivateFiles.PARTIAL);
    try (OutputStream out = PrivateFiles.grow(partial);
        JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("images", images);
      json.writeNumberField("imagesEnded", imagesEnded);
      json.writeNumberField("pages", pages);
      json.writeNumberField("mapperPages", mapperPages);
      json.writeNumberField("findings", findings);
      json.writeNumberField("done", done);
      json.writeNumberField("all", all);
      json.writeNumberField("elapsedMillis", elapsedMillis);
      json.writeEndObject();
    }
    Files.move(
        partial,
        scratch.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The progress in a folder for temporary files; empty if there is none. */
  static Optional<JobProgress> read(Path scratch) {
    Path path = scratch.resolve(FILE);
    if (!FileStamp.of(path).isFile()) {
      return Optional.empty();
    }
    CaseFile file = new CaseFile(path);
    long[] values = new long[8];
    try {
      file.forEach(json -> read(file, json, values));
    } catch (PagestreamException e) {
      return Optional.empty(); // the job has just ended
    }
    return Optional.of(
        new JobProgress(
            (int) values[0],
            (int) values[1],
            values[2],
            values[3],
            values[4],
            values[5],
            values[6],
            values[7]));
  }

  private static void read(CaseFile file, JsonParser json, long[] values) throws IOException {
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      var unusedValue = json.nextToken();
      int at =
          switch (field) {
            case "images" -> 0;
            case "imagesEnded" -> 1;
            case "pages" -> 2;
            case "mapperPages" -> 3;
            case "findings" -> 4;
            case "done" -> 5;
            case "all" -> 6;
            case "elapsedMillis" -> 7;
            default -> -1;
          };
      if (at < 0) {
        json.skipChildren();
      } else {
        values[at] = file.number(json, 0, at < 2 ? Integer.MAX_VALUE : Long.MAX_VALUE);
      }
    }
  }

  /** Finished share of the work, 0 to 1; empty if it is not known. */
  public Optional<Double> share() {
    return all <= 0 ? Optional.empty() : Optional.of(Math.min(1, (double) done / all));
  }

  /** Remaining time at the rate so far; empty if it is not known. */
  public Optional<Duration> left() {
    return share()
        .filter(share -> share > 0.005)
        .map(share -> Duration.ofMillis((long) (elapsedMillis * (1 - share) / share)));
  }
}
