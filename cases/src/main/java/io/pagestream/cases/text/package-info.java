/** Makes hostile text safe, and formats quantities. Pure functions. */
@NullMarked
package io.pagestream.cases.text;

import org.jspecify.annotations.NullMarked;
