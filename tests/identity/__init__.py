"""Who is who: statements, enrolment, sessions, revocation, and the desk."""
