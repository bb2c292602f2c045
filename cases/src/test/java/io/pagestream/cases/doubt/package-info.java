@NullMarked
package io.pagestream.cases.doubt;

import org.jspecify.annotations.NullMarked;
