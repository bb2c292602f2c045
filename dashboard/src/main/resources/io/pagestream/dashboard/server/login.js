// Keeps the view that the address names over the login: a redirect inherits the fragment of its form's address.
document.forms[0].action = '/login' + location.hash;
