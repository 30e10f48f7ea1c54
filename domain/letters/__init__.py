"""Letters (e-mail) to employees: kinds, wording, composing, queueing, SMTP."""
