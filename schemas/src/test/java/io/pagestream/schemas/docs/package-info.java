/** Documents that are generated from the code, and the tests that they are current. */
@NullMarked
package io.pagestream.schemas.docs;

import org.jspecify.annotations.NullMarked;
