package io.pagestream.system;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * Every package of Pagestream is a separate slice, at any depth. A pattern such as {@code
 * io.pagestream.(*).(*)..} puts a package and those below it into one slice, and leaves out the
 * packages of a single word, so that it misses the cycles among them.
 */
final class EachPackage implements SliceAssignment {
  @Override
  public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
    String name = javaClass.getPackageName();
    return name.startsWith("io.pagestream") ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
  }

  @Override
  public String getDescription() {
    return "each package";
  }
}
