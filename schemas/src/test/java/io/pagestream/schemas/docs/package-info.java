/** Documents that are written from the code, and the tests that they still say what it says. */
@NullMarked
package io.pagestream.schemas.docs;

import org.jspecify.annotations.NullMarked;
