package io.pagestream.cluster;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The rights that each stage needs on a cluster with an authorizer, and no others. {@link
 * AclOperation#READ}, {@code WRITE} and {@code DELETE} include {@code DESCRIBE}.
 */
public final class StageRights {
  private StageRights() {}

  /** A kind of client. */
  public enum Role {
    /** {@code topics create}. */
    ADMIN,
    /** {@code stage producer}. */
    PRODUCER,
    /** {@code stage mapper}. */
    MAPPER,
    /** {@code stage analyzers}. */
    ANALYZERS,
    /** {@code collect}, {@code findings}, {@code export} and {@code serve} of a cluster. */
    READER;

    /** The name on the command line. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A right.
   *
   * @param type kind of resource
   * @param name name of the resource, or the beginning of its name
   * @param pattern whether the name is only the beginning
   * @param operation what the client may do
   */
  public record Right(ResourceType type, String name, PatternType pattern, AclOperation operation) {
    /** The entry of an access control list that grants it to a principal, from any host. */
    public AclBinding grantedTo(String principal) {
      return new AclBinding(
          new ResourcePattern(type, name, pattern),
          new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }
  }

  /**
   * The rights of a role.
   *
   * @param prefix prefix of all topic names and consumer groups
   */
  public static List<Right> of(Role role, String prefix) {
    List<Right> rights = new ArrayList<>();
    switch (role) {
      case ADMIN -> rights.add(new Right(ResourceType.TOPIC, prefix, PatternType.PREFIXED, CREATE));
      case PRODUCER -> {
        rights.add(topic(Topics.IMAGES, prefix, READ));
        rights.add(topic(Topics.IMAGES, prefix, WRITE));
        rights.add(topic(Topics.PAGES, prefix, WRITE));
        rights.add(topic(Topics.PAGES, prefix, DELETE));
        rights.add(topic(Topics.MAPPED_PAGES, prefix, DELETE));
        rights.add(topic(Topics.RECEIPTS, prefix, READ));
        rights.add(topic(Topics.DEAD_LETTERS, prefix, READ));
        rights.add(topic(Topics.DEAD_LETTERS, prefix, WRITE));
        rights.add(topic(Topics.VERDICTS, prefix, DESCRIBE));
        rights.add(topic(Topics.FINDINGS, prefix, DESCRIBE));
        rights.add(group(prefix + Role.MAPPER.word(), DESCRIBE));
        rights.add(group(prefix + Role.ANALYZERS.word(), DESCRIBE));
      }
      case MAPPER -> {
        rights.add(topic(Topics.PAGES, prefix, READ));
        rights.add(topic(Topics.MAPPED_PAGES, prefix, WRITE));
        rights.add(topic(Topics.VERDICTS, prefix, WRITE));
        addStage(rights, role, prefix);
      }
      case ANALYZERS -> {
        rights.add(topic(Topics.MAPPED_PAGES, prefix, READ));
        rights.add(topic(Topics.FINDINGS, prefix, WRITE));
        addStage(rights, role, prefix);
      }
      case READER -> {
        for (Topic topic :
            List.of(
                Topics.IMAGES,
                Topics.VERDICTS,
                Topics.RECEIPTS,
                Topics.FINDINGS,
                Topics.DEAD_LETTERS)) {
          rights.add(topic(topic, prefix, READ));
        }
      }
    }
    return List.copyOf(rights);
  }

  /**
   * The rights that the producer needs in addition to publish the kernel's records ({@code
   * --kernel-records on}).
   */
  public static List<Right> ofKernelRecords(String prefix) {
    return List.of(topic(Topics.FINDINGS, prefix, WRITE), topic(Topics.RECEIPTS, prefix, WRITE));
  }

  /** What both stages of Kafka Streams need: results, their group, and topics for their state. */
  private static void addStage(List<Right> rights, Role role, String prefix) {
    rights.add(topic(Topics.RECEIPTS, prefix, WRITE));
    rights.add(topic(Topics.DEAD_LETTERS, prefix, WRITE));
    rights.add(group(prefix + role.word(), READ));
    String state = prefix + role.word() + '-';
    for (AclOperation operation : List.of(CREATE, READ, WRITE)) {
      rights.add(new Right(ResourceType.TOPIC, state, PatternType.PREFIXED, operation));
    }
  }

  private static Right topic(Topic topic, String prefix, AclOperation operation) {
    return new Right(ResourceType.TOPIC, topic.name(prefix), PatternType.LITERAL, operation);
  }

  private static Right group(String name, AclOperation operation) {
    return new Right(ResourceType.GROUP, name, PatternType.LITERAL, operation);
  }

  /**
   * The command of Kafka that grants a right.
   *
   * @param principal the principal, such as {@code User:mapper}
   */
  public static String command(Right right, String principal) {
    String resource = right.type() == ResourceType.GROUP ? "--group" : "--topic";
    String pattern =
        right.pattern() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "";
    return "kafka-acls --bootstrap-server HOST:PORT --command-config admin.properties --add"
        + " --allow-principal %s --operation %s %s %s%s"
            .formatted(
                principal,
                right.operation().name().toLowerCase(Locale.ROOT),
                resource,
                right.name(),
                pattern);
  }
}
