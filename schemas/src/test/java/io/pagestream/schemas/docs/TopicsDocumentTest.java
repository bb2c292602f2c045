package io.pagestream.schemas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagestream.schemas.quality.Regenerated;
import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class TopicsDocumentTest {
  private static final Pattern VERSION =
      Pattern.compile("<version>([0-9.]+)(-SNAPSHOT)?</version>");

  @Test
  void theTopicsDocumentSaysWhatTheCodeSays() throws IOException {
    Regenerated.check("../docs/topics.md", TopicsDocument.write(), TopicsDocumentTest.class);
  }

  @Test
  void theAsyncApiDocumentSaysWhatTheCodeSays() throws IOException {
    Regenerated.check(
        "../docs/asyncapi.json", AsyncApiDocument.write(version()), TopicsDocumentTest.class);
  }

  @Test
  void everyReferenceInTheAsyncApiDocumentLeadsSomewhere() throws IOException {
    JsonNode root = new ObjectMapper().readTree(AsyncApiDocument.write("1.0.0"));
    assertThat(root.findValuesAsText("$ref"))
        .hasSize(2 * Topics.all().size())
        .allSatisfy(reference ->
            assertThat(root.at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
  }

  @Test
  void everyTopicHasItsPartOfBothDocuments() throws IOException {
    String markdown = TopicsDocument.write();
    JsonNode channels =
        new ObjectMapper().readTree(AsyncApiDocument.write("1.0.0")).get("channels");
    for (Topic topic : Topics.all()) {
      assertThat(markdown).contains("\n## " + topic.id() + "\n");
      assertThat(channels.get(topic.id()).get("address").asText())
          .isEqualTo("pagestream." + topic.id());
    }
  }

  /** The project's version, from the module's own build file. */
  private static String version() throws IOException {
    Matcher matcher = VERSION.matcher(Files.readString(Path.of("pom.xml")));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
